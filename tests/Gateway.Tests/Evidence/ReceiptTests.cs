using System.Buffers.Text;
using System.Diagnostics;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Evidence;
using Integration.Testing.Databases;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Evidence;

public sealed class ReceiptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("receipts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Openssl_accepts_the_receipt_of_an_answer()
    {
        var (signed, signature) = Parts(Sign());

        Assert.Contains("Verified OK", await OpensslVerifyAsync(signed, signature), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openssl_refuses_the_receipt_of_an_answer_that_was_altered()
    {
        var (signed, signature) = Parts(Sign());
        var altered = Encoding.UTF8.GetString(signed).Replace("HALL-1", "HALL-2", StringComparison.Ordinal);

        Assert.Contains(
            "failure",
            await OpensslVerifyAsync(Encoding.UTF8.GetBytes(altered), signature),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public void The_published_key_checks_the_receipt()
    {
        var (signed, signature) = Parts(Sign());
        using var keys = JsonDocument.Parse(new ReceiptKeys(Options.Create(Settings())).Json);
        var key = Assert.Single(keys.RootElement.GetProperty("keys").EnumerateArray().ToList());
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Member(key, "x"), Y = Member(key, "y") },
            }
        );

        Assert.True(ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_retired_key_stays_published_behind_the_one_that_signs()
    {
        var settings = Settings() with { RetiredKeys = [TestKeys.EcReference(_folder, "old")] };

        using var keys = JsonDocument.Parse(new ReceiptKeys(Options.Create(settings)).Json);

        var ids = keys
            .RootElement.GetProperty("keys")
            .EnumerateArray()
            .Select(key => key.GetProperty("kid").GetString());
        Assert.Equal(2, ids.Distinct().Count());
        Assert.DoesNotContain("\"d\"", keys.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_looks_like_a_receipt_does_not_mislead_the_signer()
    {
        var (signed, signature) = Parts(Sign("\"receipt\":{\"id\":\"\",\"signature\":\"\"}"));

        using var key = Settings().ResolveSigningKey();
        Assert.True(key.VerifyData(signed, signature, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void An_answer_without_an_unsigned_receipt_is_a_bug()
    {
        using var signer = new ReceiptSigner(Options.Create(Settings()), TimeProvider.System);
        var answer = Answer("HALL-1") with
        {
            Receipt = new Receipt { Id = "rcp_1", Signature = "x" },
        };

        Assert.Throws<InvalidOperationException>(() => signer.Sign(answer));
    }

    [Theory]
    [InlineData("", "never the secret itself")]
    [InlineData("file:absent.pem", "cannot be read")]
    [InlineData("env:INTEGRATION_NO_SUCH_KEY", "is not set")]
    public void A_signing_key_that_cannot_be_had_is_refused(string reference, string fault) =>
        Assert.Contains(fault, Refusal(new ReceiptOptions { SigningKey = reference }), StringComparison.Ordinal);

    [Fact]
    public void A_signing_key_of_another_curve_is_refused()
    {
        var path = Path.Combine(_folder, "p384.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());

        Assert.Contains("P-256", Refusal(new ReceiptOptions { SigningKey = $"file:{path}" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signing_key_without_its_private_half_is_refused()
    {
        var path = Path.Combine(_folder, "public.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(path, key.ExportSubjectPublicKeyInfoPem());

        Assert.Contains(
            "private key",
            Refusal(new ReceiptOptions { SigningKey = $"file:{path}" }),
            StringComparison.Ordinal
        );
    }

    private static string Refusal(ReceiptOptions options) =>
        new ReceiptOptionsValidator().Validate(name: null, options).FailureMessage ?? string.Empty;

    private static byte[] Member(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private static VerificationResponse Answer(string caseId) =>
        new()
        {
            VerificationId = "vrf_1",
            CaseId = caseId,
            Checks = [],
            CompletedAt = DateTimeOffset.UnixEpoch,
            Receipt = ReceiptSigner.Unsigned,
        };

    /// <summary>As docs/spec/receipts.md tells a caller to do it: take the signature's value out of the body.</summary>
    private static (byte[] Signed, byte[] Signature) Parts(byte[] body)
    {
        using var answer = JsonDocument.Parse(body);
        var receipt = answer.RootElement.GetProperty("receipt");
        Assert.StartsWith("rcp_", receipt.GetProperty("id").GetString(), StringComparison.Ordinal);
        var signature = receipt.GetProperty("signature").GetString()!;
        var signed = Encoding.UTF8.GetString(body).Replace(signature, string.Empty, StringComparison.Ordinal);
        return (Encoding.UTF8.GetBytes(signed), Convert.FromBase64String(signature));
    }

    private static byte[] Der(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature[..32], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature[32..], isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private ReceiptOptions Settings() => new() { SigningKey = TestKeys.EcReference(_folder, "receipts") };

    private byte[] Sign(string caseId = "HALL-1")
    {
        using var signer = new ReceiptSigner(Options.Create(Settings()), TimeProvider.System);
        return signer.Sign(Answer(caseId));
    }

    private async Task<string> OpensslVerifyAsync(byte[] signed, byte[] signature)
    {
        using var key = Settings().ResolveSigningKey();
        await File.WriteAllTextAsync(Path.Combine(_folder, "public.pem"), key.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllBytesAsync(Path.Combine(_folder, "signed"), signed);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "signature"), Der(signature));
        using var openssl = Process.Start(
            new ProcessStartInfo(
                "openssl",
                ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "signed"]
            )
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = await openssl.StandardOutput.ReadToEndAsync() + await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        return output;
    }
}
