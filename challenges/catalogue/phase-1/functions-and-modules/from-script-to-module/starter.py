import sys

pages = int(sys.argv[1])
copies = int(sys.argv[2]) if len(sys.argv) > 2 else 1
colour = "--colour" in sys.argv

total = pages * copies * (20 if colour else 5)
if pages * copies >= 100:
    total = total * 90 // 100

print(f"price: {total / 100:.2f}")
