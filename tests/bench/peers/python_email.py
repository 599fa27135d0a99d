"""The peer in Python: microseconds to read a letter's texts with the standard library. python_email.py LETTER"""
import email
import email.policy
import sys
import time


def read(letter):
    message = email.message_from_bytes(letter, policy=email.policy.default)
    return message["subject"], [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]


def main(path):
    with open(path, "rb") as file:
        letter = file.read()
    assert "Forward, gladly." in read(letter)[1][0]
    times = []
    for _ in range(100):
        begin = time.process_time()
        read(letter)
        times.append(time.process_time() - begin)
    print(sorted(times)[len(times) // 2] * 1e6)


main(sys.argv[1])
