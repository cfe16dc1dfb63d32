"""3/3: plain loops over images and positions."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    train, test = train_codes.flatten(1).tolist(), test_codes.flatten(1).tolist()
    total = 0.0
    for image in test:
        for position, code in enumerate(image):
            n = sum(other[position] == code for other in train)
            total -= math.log2((n + smoothing) / (len(train) + smoothing * num_codes))
    return total / len(test)
