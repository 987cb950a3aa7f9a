"""aiorpcX, lines over TCP and over the Unix socket. needs: pip aiorpcx"""
import asyncio, os
from aiorpcx import RPCError, connect_rs, connect_us

HOST, PORT, TOKEN = os.environ["POSTROOM_HOST"], int(os.environ["POSTROOM_PORT"]), os.environ["POSTROOM_TOKEN"]


async def session(client):
    assert await client.send_request("rpc.ping", {"data": "Zoë \u20ac"}) == {"data": "Zoë \u20ac"}
    answers = await asyncio.gather(*(client.send_request("rpc.ping", {"data": n}) for n in range(200)))
    assert [a["data"] for a in answers] == list(range(200))
    assert await client.send_request("mailbox.list") == {"mailboxes": []}
    try:
        await client.send_request("mailbox.get", {"mailboxId": "mb99"})
        raise AssertionError("there is no mailbox mb99")
    except RPCError as error:
        assert error.code == -32005, error
    async with client.send_batch() as batch:
        batch.add_request("rpc.ping", {"data": 1})
        batch.add_notification("rpc.ping", {"data": 2})
        batch.add_request("no.such")
        batch.add_request("health.check")
    first, second, third = batch.results
    assert first == {"data": 1} and isinstance(second, RPCError) and second.code == -32601, batch.results
    assert third["status"] == "SERVING"


async def main():
    async with connect_rs(HOST, PORT) as client:
        opened = await client.send_request("session.open", {"token": TOKEN})
        assert "admin" in opened["scopes"], opened
        await session(client)
    async with connect_us(os.environ["POSTROOM_UNIX"]) as client:
        await session(client)


asyncio.run(main())
