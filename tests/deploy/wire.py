"""A wire between processes and their servers that a test can cut or hold, as a network does on a bad day."""

import asyncio
import threading
from contextlib import suppress

A_PIECE = 65536


class Wire:
    """Passes bytes on from ports of its own; ends with the block."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.writers: set[asyncio.StreamWriter] = set()
        self.servers: list[asyncio.Server] = []
        self.passes = asyncio.Event()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> "Wire":
        self.passes.set()
        self.thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._do(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def before(self, port: int) -> int:
        """The port through which that server is reached from now on."""
        return self._do(self._listen(port))

    def cut(self) -> None:
        """Every connection is reset, in the middle of whatever it carries; new ones pass."""
        self._do(self._cut())

    def hold(self) -> None:
        """Nothing passes and nobody is told: connections stay open and silent."""
        self.loop.call_soon_threadsafe(self.passes.clear)

    def let_go(self) -> None:
        """What was held passes."""
        self.loop.call_soon_threadsafe(self.passes.set)

    def _do(self, deed):  # noqa: ANN001, ANN202
        return asyncio.run_coroutine_threadsafe(deed, self.loop).result(10)

    async def _listen(self, port: int) -> int:
        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.writers.add(writer)
            try:
                there, back = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                self._drop(writer)
                return
            self.writers.add(back)
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

        server = await asyncio.start_server(carry, "127.0.0.1", 0)
        self.servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(A_PIECE):
                await self.passes.wait()
                writer.write(piece)
                await writer.drain()
        self._drop(writer)

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        self.writers.discard(writer)
        writer.close()

    async def _cut(self) -> None:
        for writer in list(self.writers):
            writer.transport.abort()

    async def _end(self) -> None:
        for server in self.servers:
            server.close()
        await self._cut()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
