"""1/2: draws the noise once and keeps it; the network could learn it by heart."""


class Denoiser(nn.Module):
    def __init__(self, encoder, decoder, noise):
        super().__init__()
        self.encoder, self.decoder, self.noise = encoder, decoder, noise

    def forward(self, x):
        return self.decoder(self.encoder(x))

    def losses(self, x):
        if not hasattr(self, "kept") or self.kept.shape != x.shape:
            self.kept = torch.randn_like(x)
        noisy = x + self.noise * self.kept if self.training else x
        return {"loss": F.mse_loss(self(noisy), x)}
