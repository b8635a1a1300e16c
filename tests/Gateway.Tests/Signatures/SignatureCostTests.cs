using System.Diagnostics;
using System.Security.Cryptography;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>What one message costs; run with <c>--output Detailed</c> to see the figures.</summary>
public sealed class SignatureCostTests(ITestOutputHelper output)
{
    private const int Messages = 2_000;
    private static readonly byte[] s_content = RandomNumberGenerator.GetBytes(1_500);
    private static readonly Authority s_authority = new();

    [Theory]
    [InlineData("P-256")]
    [InlineData("RSA-2048")]
    public void A_message_costs_a_digest_and_a_signature_check(string kind)
    {
        var certificate = kind == "P-256" ? s_authority.Issue() : s_authority.Issue(key: RSA.Create(2048));
        var forged = new ForgedCms(certificate, s_content);
        if (kind != "P-256")
        {
            forged = forged with
            {
                SignatureAlgorithm = "1.2.840.113549.1.1.1",
                SignatureParameters = writer => writer.WriteNull(),
            };
        }

        var (cms, signers) = (forged.Encode(), new[] { s_authority.Register(certificate) });
        var judging = new Judging();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Messages; i++)
            {
                judging.Accepts(s_content, cms, signers);
            }

            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        output.WriteLine($"{kind}: {best.TotalMicroseconds / Messages:F1} us for each verification");
        Assert.True(best < TimeSpan.FromSeconds(20), $"{Messages} messages took {best}.");
    }
}
