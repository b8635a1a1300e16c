using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Sandbox.Fixtures;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Try.Scenario;

namespace Integration.FlowTests.Events;

/// <summary>docs/events.md is enough: its own shell blocks are run by bash, with openssl and curl, as they stand there.</summary>
public sealed partial class IntakePageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("events-page");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_developer_with_the_page_curl_and_openssl_gets_an_event_accepted()
    {
        var blocks = Blocks();
        await RunAsync(blocks[0], new Dictionary<string, string>());
        Certify();
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Gateway:Events:Sources:0:Certificates:0"] = $"file:{PathOf("source.crt.pem")}",
                    ["Gateway:Events:Sources:0:Roots:0"] = $"file:{PathOf("root.crt.pem")}",
                },
            }
        );
        File.Copy(host.SecretFile("receipt-signing.crt.pem"), PathOf("receipts.crt.pem"));
        await RunAsync(
            string.Join('\n', blocks.Skip(1)),
            new Dictionary<string, string>
            {
                ["GATEWAY"] = host.Gateway.ToString().TrimEnd('/'),
                ["CLIENT"] = "municipal",
                ["SECRET"] = (await File.ReadAllTextAsync(host.SecretFile("client-municipal"))).Trim(),
            }
        );

        var receipt = Read<EventReceipt>("answer.json");
        Assert.Equal(ReceiptStatus.Accepted, receipt.Status);
        Assert.Equal(receipt.ReceiptId, Read<EventReceipt>("receipt.json").ReceiptId);
        Assert.Equal(receipt.EventId, Read<EventResponse>("state.json").EventId);
        using var municipal = host.Municipal();
        var done = await Eventually.GetAsync(
            "the event of the page is processed",
            () => municipal.ReadAsync(receipt.ReceiptId),
            state => state.State is EventState.Processed or EventState.DeadLetter
        );
        Assert.Equal("accepted", done.Result);
        Assert.NotEqual(OfTheMainJob(), Read<EventInput>("event.json").Data!.Enterprise!.Uscc);
        var batch = Read<EventBatchResponse>("batch-answer.json").Results;
        Assert.Equal(
            (receipt.ReceiptId, ReceiptStatus.Duplicate),
            (batch[0].Receipt!.ReceiptId, batch[0].Receipt!.Status)
        );
        Assert.Contains(batch[1].Problem!.Errors!, fault => fault.Pointer == "/1/id");
    }

    /// <summary>The enterprise that is open already where a developer has run <c>deploy/Try</c>.</summary>
    private string OfTheMainJob()
    {
        var inputs = new FixtureInputs(FixtureFile.Read(path: null));
        var (_, content) = new EventBook(PathOf("book"), "municipal-9210", inputs, TimeProvider.System).Next();
        return JsonSerializer.Deserialize<EventInput>(content, IntegrationJson.Options)!.Data!.Enterprise!.Uscc!;
    }

    private static List<string> Blocks()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Integration.sln")))
        {
            folder = folder.Parent;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "events.md"));
        return [.. ShellBlock().Matches(page).Select(block => block.Groups["script"].Value)];
    }

    /// <summary>What operators do: their authority makes a certificate of the request.</summary>
    private void Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Example Municipality CA", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        root.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        root.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(root.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = root.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var request = CertificateRequest.LoadSigningRequestPem(
            File.ReadAllText(PathOf("source.csr.pem")),
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false)
        );
        using var certificate = request.Create(
            authority,
            now.AddDays(-1),
            now.AddMonths(6),
            RandomNumberGenerator.GetBytes(16)
        );
        File.WriteAllText(PathOf("source.crt.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("root.crt.pem"), authority.ExportCertificatePem());
    }

    private async Task RunAsync(string script, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail\n{script}"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        var answers = string.Join(
            '\n',
            _folder.GetFiles("*answer.json").Select(file => File.ReadAllText(file.FullName))
        );
        Assert.True(bash.ExitCode == 0, $"{await output}\n{errors}\n{answers}");
    }

    private T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(file)), IntegrationJson.AnswerOptions)!;

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    [GeneratedRegex(
        "^```sh\n(?<script>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ShellBlock();
}
