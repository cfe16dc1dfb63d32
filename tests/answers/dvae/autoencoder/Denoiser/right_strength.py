"""2/2: multiplies the noise by zero in evaluation mode."""


class Denoiser(nn.Module):
    def __init__(self, encoder, decoder, noise):
        super().__init__()
        self.encoder, self.decoder, self.noise = encoder, decoder, noise

    def forward(self, x):
        return self.decoder(self.encoder(x))

    def losses(self, x):
        noise = torch.empty_like(x).normal_() * self.noise * float(self.training)
        return {"loss": F.mse_loss(x, self.forward(x + noise))}
