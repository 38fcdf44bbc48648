"""The HTTP server: POST /orders, GET /orders/<id>, GET /healthz, GET /release."""

import json
import os
import re
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from orders.requests import problems_of
from orders.store import Store

MAX_BODY = 64 * 1024


class Handler(BaseHTTPRequestHandler):
    store = None
    release = {}

    def do_GET(self):
        if self.path == "/healthz":
            return self.answer(200, {"ready": bool(self.store.ready())})
        if self.path == "/release":
            return self.answer(200, self.release)
        match = re.fullmatch(r"/orders/(\d{1,18})", self.path)
        if match is None:
            return self.answer(404, {"problems": ["There is nothing here."]})
        order, cached = self.store.find(int(match[1]))
        if order is None:
            return self.answer(404, {"problems": [f"There is no order {match[1]}."]})
        return self.answer(200, order, {"X-Cache": "hit" if cached else "miss"})

    def do_POST(self):
        if self.path != "/orders":
            return self.answer(404, {"problems": ["There is nothing here."]})
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY:
            return self.answer(413, {"problems": [f"The body may hold {MAX_BODY} bytes."]})
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            return self.answer(400, {"problems": ["The body must be JSON."]})
        problems = problems_of(body)
        if problems:
            return self.answer(422, {"problems": problems})
        order_id = self.store.place(body["customer"], body["items"])
        return self.answer(201, {"id": order_id}, {"Location": f"/orders/{order_id}"})

    def answer(self, status, body, headers=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def main():
    Handler.store = Store(os.environ["DATABASE_URL"], os.environ["CACHE_URL"])
    Handler.release = json.loads(Path("/app/release.json").read_text(encoding="utf-8"))
    server = ThreadingHTTPServer(("", 8080), Handler)
    stop = lambda *_: threading.Thread(target=server.shutdown).start()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("orders is listening on port 8080", flush=True)
    server.serve_forever()


main()
