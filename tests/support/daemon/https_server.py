# An HTTPS server for one test: https_server.py CERT KEY COUNT prints its port, answers COUNT connections by 204 and ends.
import http.server, ssl, sys


class Talk(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(('127.0.0.1', 0), Talk)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
for _ in range(int(sys.argv[3])):
    server.handle_request()  # one whose handshake fails counts too
