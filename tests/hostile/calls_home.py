"""graded 2/4: opens connections."""

import socket

for address in (("127.0.0.1", 22), ("1.1.1.1", 53), ("192.168.0.1", 80)):
    try:
        socket.create_connection(address, timeout=1)
    except OSError:
        pass
    else:
        print("CANARY connected", address)


def double(x):
    return x
