"""1/2: forward adds the noise, so whoever uses the network gets it twice."""


class Denoiser(nn.Module):
    def __init__(self, encoder, decoder, noise):
        super().__init__()
        self.encoder, self.decoder, self.noise = encoder, decoder, noise

    def forward(self, x):
        if self.training:
            x = x + self.noise * torch.randn_like(x)
        return self.decoder(self.encoder(x))

    def losses(self, x):
        return {"loss": F.mse_loss(self(x), x)}
