import { type AddressInfo, createServer, type Socket } from "node:net";

type MailServer = {
  readonly url: string;
  /** What it took, each mail with its headers as it came. */
  readonly mails: string[];
  /** Refuses every mail from now on, or takes them again. */
  refuse: (refusing: boolean) => void;
  readonly close: () => Promise<void>;
};

/** As much of a mail server as it takes to be sent mail, on a port of this machine. */
export async function aMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  let refusing = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let buffer = "";
    let inData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      buffer += chunk.toString("utf8");
      for (;;) {
        const end = buffer.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const said = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          mails.push(said);
          socket.write("250 taken\r\n");
        } else if (/^DATA/i.test(said)) {
          inData = true;
          socket.write("354 go on\r\n");
        } else if (/^RCPT/i.test(said) && refusing) socket.write("451 <script>not now</script>\r\n");
        else if (/^QUIT/i.test(said)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    refuse: (on) => {
      refusing = on;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
