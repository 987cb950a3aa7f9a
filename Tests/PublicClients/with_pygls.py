"""pygls' client: Content-Length over TCP. needs: pip pygls"""
import asyncio, os
from pygls.client import JsonRPCClient
from pygls.exceptions import JsonRpcException


async def main():
    client = JsonRPCClient()
    await client.start_tcp(os.environ["POSTROOM_HOST"], int(os.environ["POSTROOM_PORT"]))
    ask = client.protocol.send_request_async
    opened = await ask("session.open", {"token": os.environ["POSTROOM_TOKEN"]})
    assert "admin" in opened.scopes, opened
    assert (await ask("rpc.ping", {"data": "Zoë"})).data == "Zoë"
    answers = await asyncio.gather(*(ask("rpc.ping", {"data": n}) for n in range(100)))
    assert [a.data for a in answers] == list(range(100))
    assert (await ask("health.check", {})).status == "SERVING"
    try:
        await ask("no.such", {})
        raise AssertionError("there is no such method")
    except JsonRpcException as error:
        assert error.code == -32601, error
    # stop() waits for the server to end the connection.
    client.protocol.writer.close()
    await client.stop()


asyncio.run(asyncio.wait_for(main(), 20))
