"""websockets: one JSON-RPC message a text message, with and without permessage-deflate. needs: pip websockets"""
import asyncio, json, os
import websockets

host, port, token = os.environ["POSTROOM_HOST"], os.environ["POSTROOM_PORT"], os.environ["POSTROOM_TOKEN"]


async def session(connection):
    async def ask(method, params=None):
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
        await connection.send(json.dumps(call))
        return json.loads(await connection.recv())

    assert (await ask("rpc.ping", {"data": "Zoë"}))["result"] == {"data": "Zoë"}
    assert (await ask("health.check"))["result"]["status"] == "SERVING"
    assert (await ask("no.such"))["error"]["code"] == -32601
    long = "x" * 200_000
    assert (await ask("rpc.ping", {"data": long}))["result"] == {"data": long}
    # One message in several frames.
    text = json.dumps({"jsonrpc": "2.0", "id": 2, "method": "rpc.ping", "params": {"data": "in pieces"}})
    await connection.send([text[:20], text[20:21], text[21:]])
    assert json.loads(await connection.recv())["result"] == {"data": "in pieces"}
    await (await connection.ping())
    for n in range(100):
        await connection.send(json.dumps({"jsonrpc": "2.0", "id": n, "method": "rpc.ping", "params": {"data": n}}))
    assert sorted([json.loads(await connection.recv())["id"] for _ in range(100)]) == list(range(100))
    subscription = (await ask("events.subscribe", {"after": "0"}))["result"]["subscription"]
    await connection.send(json.dumps({"jsonrpc": "2.0", "method": "rpc.cancel", "params": {"subscription": subscription}}))
    assert json.loads(await connection.recv())["method"] == "rpc.end"


async def main():
    bearer = {"Authorization": f"Bearer {token}"}
    for compression in ("deflate", None):
        async with websockets.connect(f"ws://{host}:{port}/rpc", additional_headers=bearer, compression=compression) as connection:
            await session(connection)
    async with websockets.connect(f"ws://{host}:{port}/rpc") as connection:
        await connection.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.open", "params": {"token": token}}))
        assert "admin" in json.loads(await connection.recv())["result"]["scopes"]
        await session(connection)
    async with websockets.unix_connect(os.environ["POSTROOM_UNIX"], "ws://localhost/rpc") as connection:
        await session(connection)
    try:
        async with websockets.connect(f"ws://{host}:{port}/rpc", origin="https://evil.example"):
            raise AssertionError("a foreign page is refused")
    except websockets.InvalidStatus as refused:
        assert refused.response.status_code == 403, refused


asyncio.run(asyncio.wait_for(main(), 25))
