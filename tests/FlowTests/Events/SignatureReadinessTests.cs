namespace Integration.FlowTests.Events;

/// <summary>The signers of event sources are known to readiness.</summary>
public sealed class SignatureReadinessTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Readiness_shows_how_each_registered_signer_stands()
    {
        using var municipal = shared.Host.Municipal();
        var thumbprint = municipal.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

        var readiness = await municipal.Client.Http.GetStringAsync("/health/ready");

        Assert.Contains("\"municipal-9210 1\":\"ready\"", readiness, StringComparison.Ordinal);
        Assert.DoesNotContain(thumbprint[..8], readiness, StringComparison.OrdinalIgnoreCase);
    }
}
