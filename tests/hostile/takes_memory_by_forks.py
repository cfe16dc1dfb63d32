"""out of memory 2/4: lets many processes take a little each."""


def double(x):
    import os, time

    for _ in range(6):
        if os.fork() == 0:
            block = bytearray(400 * 2**20)
            for i in range(0, len(block), 4096):
                block[i] = 1
            time.sleep(60)
    time.sleep(60)
