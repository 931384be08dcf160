"""A web server that thinks before it answers: `python -m bench.slow_server FOLDER PORT SECONDS`."""

import asyncio
import sys
from functools import cache
from pathlib import Path


@cache
def _answer(path: Path) -> bytes:
    if not path.is_file():
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    body = path.read_bytes()
    lines = ("HTTP/1.1 200 OK", "Content-Type: application/xml", 'ETag: "1"', f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def serve(folder: Path, port: int, latency: float) -> None:
    """Answer for ever; a request with If-None-Match gets a 304."""

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await asyncio.sleep(latency)
                path = folder / request.split(" ")[1].lstrip("/")
                known = "if-none-match:" in request.lower()
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n' if known else _answer(path))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
