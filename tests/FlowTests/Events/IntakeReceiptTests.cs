using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>Receipts that every holder can check, and the permission to deliver.</summary>
public sealed class IntakeReceiptTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task The_receipt_is_CMS_that_openssl_verifies_and_the_same_bytes_for_everybody()
    {
        using var municipal = shared.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened("c02"));
        var address = $"/v1/events/{receipt.ReceiptId}/receipt";
        using var mine = await municipal.Client.GetAsync(address);
        using var theirs = await shared.Host.As("ops").GetAsync(address);
        using var nobodys = await shared.Host.Hall.GetAsync(address);
        var bytes = await mine.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pkcs7-mime; smime-type=signed-data", mine.Content.Headers.ContentType!.ToString());
        Assert.Equal(bytes, await theirs.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, nobodys.StatusCode);
        var content = JsonNode.Parse(await JudgedAsync(bytes))!;
        Assert.Equal(receipt.ReceiptId, (string?)content["receiptId"]);
        Assert.Equal(receipt.Sha256, (string?)content["sha256"]);
    }

    [Fact]
    public async Task A_registered_origin_gets_permission_for_no_more_than_a_client_may_send()
    {
        using var answer = await AskAsync(
            ("WebHook-Request-Origin", "municipal-9210.example.gov.cn"),
            ("WebHook-Request-Rate", "1000000")
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["municipal-9210.example.gov.cn"], answer.Headers.GetValues("WebHook-Allowed-Origin"));
        Assert.Equal(["12000"], answer.Headers.GetValues("WebHook-Allowed-Rate"));
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.DoesNotContain(
            answer.Headers,
            header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)
        );
        using var slow = await AskAsync(
            ("WebHook-Request-Origin", "MUNICIPAL-9210.example.gov.cn"),
            ("WebHook-Request-Rate", "120")
        );
        Assert.Equal(["120"], slow.Headers.GetValues("WebHook-Allowed-Rate"));
    }

    [Theory]
    [InlineData("WebHook-Request-Origin", "stranger.example.com")]
    [InlineData("WebHook-Request-Origin", "*")]
    [InlineData("X-Nothing", "1")]
    [InlineData("Origin", "https://municipal-9210.example.gov.cn")]
    public async Task Nobody_else_learns_anything(string header, string value)
    {
        using var answer = await AskAsync((header, value), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.DoesNotContain(
            answer.Headers,
            given =>
                given.Key.StartsWith("WebHook", StringComparison.OrdinalIgnoreCase)
                || given.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)
        );
    }

    /// <summary>The content, once openssl has found the signature good under the certificate that operators hand out.</summary>
    private async Task<string> JudgedAsync(byte[] cms)
    {
        var folder = Directory.CreateTempSubdirectory("receipt");
        var file = Path.Combine(folder.FullName, "receipt.p7m");
        await File.WriteAllBytesAsync(file, cms);
        var certificate = shared.Host.SecretFile("receipt-signing.crt.pem");
        using var openssl = Process.Start(
            new ProcessStartInfo(
                "openssl",
                ["cms", "-verify", "-binary", "-inform", "DER", "-in", file, "-CAfile", certificate, "-purpose", "any"]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var content = await openssl.StandardOutput.ReadToEndAsync();
        var errors = await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        folder.Delete(recursive: true);
        Assert.True(openssl.ExitCode == 0, errors);
        return content;
    }

    private async Task<HttpResponseMessage> AskAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/events");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await shared.Host.Hall.Http.SendAsync(request);
    }
}
