"""Signing in with an identity provider: OpenID Connect, the code flow with PKCE.

Only those are let in whom an admin has added with the e-mail address that the
provider has verified. What has to be remembered between asking and hearing is
all derived from one secret in the browser's cookie, so nothing is kept.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode

import structlog
import urllib3
from urllib3.util import make_headers

from service.access.errors import ProviderRefused
from service.access.tokens import derived
from service.config import PREFIX, BadSetting, Settings
from service.store.database import Store
from service.store.people.accounts import recognise
from service.store.people.records import Account

SCOPE = "openid email profile"
# Seconds that the provider may take to answer, and that clocks may differ.
PATIENCE = 10
LEEWAY = 60
# None of them is made with a secret that others share.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
HERE = ("http://127.0.0.1", "http://localhost", "http://[::1]")
# In bytes: what a provider may answer.
LONGEST = 1_000_000

logger = structlog.get_logger()


def has_provider(settings: Settings) -> bool:
    """Whether there is an identity provider to sign in with."""
    return bool(settings.oidc_issuer and settings.oidc_client)


def check_provider(settings: Settings) -> None:
    """Raise BadSetting where the provider can't be used as it is set up."""
    if not has_provider(settings):
        return
    if not settings.oidc_issuer.startswith(("https://", *HERE)):
        raise BadSetting(f"{PREFIX}OIDC_ISSUER={settings.oidc_issuer!r} is no https address")
    try:
        import joserfc  # noqa: F401
    except ModuleNotFoundError:
        raise BadSetting("an identity provider needs pip install 'vis-a-vis[oidc]'") from None


def question(settings: Settings, seed: str, back: str) -> str:
    """Where to send the browser; `back` is the address that the provider sends it back to.

    Raises ProviderRefused where it does not answer.
    """
    challenge = urlsafe_b64encode(sha256(derived(seed, "verifier").encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": settings.oidc_client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": derived(seed, "state"),
        "nonce": derived(seed, "nonce"),
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    address = str(_described(settings).get("authorization_endpoint", ""))
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def answer(
    settings: Settings, store: Store, seed: str, back: str, given: Mapping[str, str]
) -> Account:
    """Whose account the provider means; `given` is the query that the browser came back with.

    Raises ProviderRefused for an answer that is not to our question, that can't
    be trusted, or about somebody whom no admin has added.
    """
    state = given.get("state", "").encode("utf-8", "backslashreplace")
    if not seed or not compare_digest(state, derived(seed, "state").encode()):
        raise ProviderRefused("this is no answer to a question of this browser; sign in again")
    if "code" not in given:
        raise ProviderRefused("the identity provider has let nobody in")
    claims = _claims(settings, seed, back, given["code"])
    email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
    account = recognise(store, f"{settings.oidc_issuer} {claims['sub']}", email)
    if account is None or account.disabled is not None:
        raise ProviderRefused("nobody here has an account with this verified e-mail address")
    return account


def _claims(settings: Settings, seed: str, back: str, code: str) -> dict[str, Any]:
    """What the provider says of whoever signed in, each part of it checked."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    described = _described(settings)
    spoken = described.get("id_token_signing_alg_values_supported", ["RS256"])
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client},
        nonce={"essential": True, "value": derived(seed, "nonce")},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        written = _token(settings, described, seed, back, code)
        keys = KeySet.import_key_set(_asked("GET", described["jwks_uri"]))  # type: ignore[arg-type]
        allowed = [each for each in ALGORITHMS if each in spoken]
        claims = jwt.decode(written, keys, algorithms=allowed).claims
        rules.validate(claims)
    except (JoseError, KeyError, TypeError, ValueError) as error:
        # Its message may quote what the provider sent.
        logger.warning("identity provider", failed=type(error).__name__)
        raise ProviderRefused("the identity provider's answer can't be trusted") from None
    return claims


def _token(settings: Settings, described: dict[str, Any], seed: str, back: str, code: str) -> str:
    """The id token that the provider gives for a code."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": settings.oidc_client,
        "code_verifier": derived(seed, "verifier"),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if settings.oidc_secret:
        # Each part is form-encoded before they are joined (RFC 6749, 2.3.1).
        pair = f"{quote(settings.oidc_client, safe='')}:{quote(settings.oidc_secret, safe='')}"
        headers |= make_headers(basic_auth=pair)
    found = _asked("POST", described["token_endpoint"], urlencode(fields), headers)
    return str(found["id_token"])


def _described(settings: Settings) -> dict[str, Any]:
    """The provider's description of itself (OpenID Connect Discovery). Raises ProviderRefused."""
    issuer = settings.oidc_issuer
    described = _asked("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if described.get("issuer") != issuer:
        raise ProviderRefused("the identity provider calls itself by another name than is set")
    return described


def _asked(
    method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """What the provider answers. Raises ProviderRefused where that is nothing to be read."""
    try:
        response = urllib3.request(
            method,
            address,
            body=body,
            headers=headers,
            timeout=PATIENCE,
            retries=False,
            redirect=False,
            preload_content=False,
        )
        read = response.read(LONGEST)
        response.release_conn()
        found = json.loads(read)
    except (urllib3.exceptions.HTTPError, ValueError):
        raise ProviderRefused("the identity provider does not answer") from None
    if response.status != 200 or not isinstance(found, dict):
        logger.warning("identity provider", status=response.status)
        raise ProviderRefused("the identity provider does not answer")
    return found
