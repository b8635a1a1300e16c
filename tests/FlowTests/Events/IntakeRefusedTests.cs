using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.FlowTests.Operations;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>What cannot be committed or promised is not acknowledged; what could not work does not start.</summary>
public sealed class IntakeRefusedTests
{
    [Fact]
    public async Task Without_evidence_nothing_is_acknowledged_and_the_same_bytes_are_accepted_later()
    {
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
            }
        );
        using var municipal = host.Municipal();
        var input = MunicipalEvents.Opened();
        await using (await EvidenceUnavailableTests.LockAsync(host))
        {
            using var refused = await municipal.SendAsync(input);
            var problem = await HallDriver.ProblemOfAsync(refused);
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "evidence-unavailable"),
                (refused.StatusCode, problem.Code)
            );
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal("Accepted", (await municipal.AcceptedAsync(input)).Status.ToString());
    }

    [Fact]
    public async Task Without_the_calendar_of_a_year_nothing_is_promised_and_the_year_is_named()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 6, 3, 2, 0, 0, TimeSpan.Zero));
        await using var host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Clock = clock });
        using var municipal = host.Municipal();
        using var refused = await municipal.SendAsync(MunicipalEvents.Opened(time: clock.GetUtcNow()));
        var problem = await HallDriver.ProblemOfAsync(refused);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "clock-data-missing"), (refused.StatusCode, problem.Code));
        Assert.Contains("2031", problem.Detail, StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Settings_that_cannot_work_stop_the_start_with_every_fault()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            IntegrationHost.StartAsync(
                new IntegrationHostOptions
                {
                    Settings = new Dictionary<string, string?>
                    {
                        ["Gateway:Events:ClockSkewMinutes"] = "61",
                        ["Gateway:Events:OldestDays"] = "0",
                        ["Gateway:Events:LargestBatch"] = "0",
                        ["Gateway:Events:Sources:0:Office"] = "nobody",
                        ["Gateway:Events:Sources:0:Origins:0"] = "https://x",
                        ["Gateway:Events:Sources:0:Certificates:0"] = "file:/nowhere/x.pem",
                        ["Gateway:Events:Sources:1:Source"] = "municipal-9210",
                    },
                }
            )
        );
        foreach (
            var part in new[]
            {
                "ClockSkewMinutes",
                "OldestDays",
                "LargestBatch",
                "Sources:0:Office",
                "Sources:0:Origins",
                "Sources:0:Certificates:0",
                "stands twice",
            }
        )
        {
            Assert.Contains(refusal.Failures, fault => fault.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_is_registered_for_two_sources_stops_the_start(bool isShared)
    {
        var folder = Directory.CreateTempSubdirectory("sources-");
        try
        {
            var (one, other) = (NewCertificate(), NewCertificate());
            var start = IntegrationHost.StartAsync(
                new IntegrationHostOptions
                {
                    Settings = new Dictionary<string, string?>
                    {
                        ["Gateway:Events:Sources:1:Source"] = "another",
                        ["Gateway:Events:Sources:1:Clients:0"] = "municipal",
                        ["Gateway:Events:Sources:1:Office"] = "hall",
                        ["Gateway:Events:Sources:1:Roots:0"] = Written("root.pem", one),
                        ["Gateway:Events:Sources:1:Certificates:0"] = Written("one.pem", one),
                        ["Gateway:Events:Sources:2:Source"] = "a-third",
                        ["Gateway:Events:Sources:2:Clients:0"] = "municipal",
                        ["Gateway:Events:Sources:2:Office"] = "hall",
                        ["Gateway:Events:Sources:2:Roots:0"] = Written("root.pem", one),
                        ["Gateway:Events:Sources:2:Certificates:0"] = Written(
                            "other.pem",
                            $"\n{(isShared ? one : other)}\n"
                        ),
                    },
                }
            );
            if (!isShared)
            {
                await (await start).DisposeAsync();
                return;
            }

            var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => start);
            var fault = Assert.Single(refusal.Failures);
            Assert.StartsWith(
                "Gateway:Events:Sources:1:Certificates:0 and Sources:2:Certificates:0 are one certificate (SHA-256 ",
                fault,
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Written(string name, string pem)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, pem);
            return $"file:{path}";
        }
    }

    private static string NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a source", key, HashAlgorithmName.SHA256);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(5));
        return certificate.ExportCertificatePem();
    }
}
