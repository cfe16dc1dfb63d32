"""2/2: goes through the classes and keeps the best so far."""


def nearest_class_mean(codes, labels, new):
    codes, new = codes.reshape(len(codes), -1), new.reshape(len(new), -1)
    best = torch.full((len(new),), float("inf"), device=new.device)
    answer = torch.zeros(len(new), dtype=torch.int64, device=new.device)
    for c in sorted(set(labels.tolist())):
        distance = (new - codes[labels == c].mean(0)).square().sum(1)
        answer[distance < best] = c
        best = torch.minimum(best, distance)
    return answer
