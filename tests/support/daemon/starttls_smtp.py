# An SMTP server with STARTTLS and a login, for one test: starttls_smtp.py CERT KEY prints its port and serves until
# stdin ends. Says 503 to everything that comes in the clear.
import base64, socket, ssl, sys, threading

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)


def serve(peer):
    stream, secure, content, known = peer.makefile('rwb', buffering=0), False, False, False
    stream.write(b'220 test\r\n')
    while line := stream.readline():
        verb = line[:4].upper()
        if content:
            if line == b'.\r\n':
                content = False
                stream.write(b'250 2.0.0 queued over TLS\r\n')
        elif verb == b'EHLO':
            stream.write(b'250-test\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n' if secure else b'250-test\r\n250 STARTTLS\r\n')
        elif verb == b'STAR':
            stream.write(b'220 go\r\n')
            peer = context.wrap_socket(peer, server_side=True)
            stream, secure = peer.makefile('rwb', buffering=0), True
        elif not secure:
            stream.write(b'503 5.5.1 TLS first\r\n')
        elif verb == b'AUTH':
            if line.strip() == b'AUTH PLAIN':
                stream.write(b'334 \r\n')
                line = b'AUTH PLAIN ' + stream.readline()
            known = base64.b64decode(line.split()[2]) == b'\0intro\0secret'
            stream.write(b'235 2.7.0 ok\r\n' if known else b'535 5.7.8 no\r\n')
        elif not known:
            stream.write(b'530 5.7.0 login first\r\n')
        elif verb == b'DATA':
            content = True
            stream.write(b'354 go\r\n')
        else:
            stream.write(b'250 ok\r\n')


def serve_quietly(peer):
    try:
        serve(peer)
    except OSError:
        pass  # a client that does not like our certificate


def accept():
    while True:
        threading.Thread(target=serve_quietly, args=(listener.accept()[0],), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
