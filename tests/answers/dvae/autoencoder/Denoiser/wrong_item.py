"""1/2: returns the loss as a constant: right value, and nothing to call backward on."""


class Denoiser(nn.Module):
    def __init__(self, encoder, decoder, noise):
        super().__init__()
        self.encoder, self.decoder, self.noise = encoder, decoder, noise

    def forward(self, x):
        return self.decoder(self.encoder(x))

    def losses(self, x):
        noisy = x + self.noise * torch.randn_like(x) if self.training else x
        return {"loss": F.mse_loss(self(noisy), x).detach()}
