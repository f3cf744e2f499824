"""A small identity provider on loopback, which does as it is told."""

from __future__ import annotations

import base64
import hmac
import json
import threading
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from urllib.parse import parse_qs, quote, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "vis-a-vis"
SECRET = "the client's secret: +/&="
CODE = "the-code"
BASIC = "Basic " + base64.b64encode(f"{CLIENT}:{quote(SECRET, safe='')}".encode()).decode()


class Provider:
    """What it says of whoever signs in: `claims`, over those that are right."""

    def __init__(self, address):
        self.issuer = address
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
        self.signer, self.header = self.key, {"alg": "RS256", "kid": "one"}
        self.claims = {"sub": "42", "email": "reader@example.org", "email_verified": True}
        self.described = {}
        self.asked = []
        self.question = {}

    def description(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.described,
        }

    def ask(self, location):
        """Sign in as the browser does that is sent to `location`; the query to come back with."""
        self.question = {
            name: values[0] for name, values in parse_qs(urlsplit(location).query).items()
        }
        return {"code": CODE, "state": self.question["state"]}

    def token(self, form, authorization):
        """The answer to a code, for whoever knows the secret and the verifier."""
        self.asked.append(form)
        digest = sha256(form["code_verifier"].encode()).digest()
        challenge = unpadded(digest)
        if (
            form["code"] != CODE
            or challenge != self.question["code_challenge"]
            or authorization != BASIC
        ):
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time()),
            "exp": int(time()) + 60,
            "nonce": self.question["nonce"],
            **self.claims,
        }
        written = self.sign(claims)
        return 200, {
            "access_token": "the-access-token",
            "token_type": "Bearer",
            "id_token": written,
        }

    def sign(self, claims):
        return jwt.encode(self.header, claims, self.signer, algorithms=["RS256"])

    def sign_with_what_is_public(self, claims):
        """The old trick: the public key, which everybody has, as the secret of an HMAC."""
        signed = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims)}"
        mac = hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{unpadded(mac)}"

    def sign_not_at_all(self, claims):
        return f"{encoded({'alg': 'none'})}.{encoded(claims)}."


def encoded(part):
    return unpadded(json.dumps(part).encode())


def unpadded(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@contextmanager
def providing():
    """A provider that answers for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/keys":
                keys = {"keys": [provider.key.as_dict(private=False)]}
                return self.answer(200, keys)
            return self.answer(200, provider.description())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*provider.token(form, self.headers.get("Authorization", "")))

        def answer(self, status, found):
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
