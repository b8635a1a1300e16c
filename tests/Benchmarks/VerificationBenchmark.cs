using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Integration.Benchmarks.Load;

namespace Integration.Benchmarks;

/// <summary>
/// Bare YARP and three-check verifications against the same sandbox agencies in one run. Latency: agencies answer in
/// 20 ms, 100 requests a second, open loop; our own share is ours less a direct call's. Saturation: agencies answer at
/// once, 32 requests under way, rounds taken in turn so that a noisy machine hits both sides.
/// </summary>
internal static class VerificationBenchmark
{
    private const int PerSecond = 100;
    private const int Connections = 32;
    private const int Rounds = 5;

    /// <summary>Until the hot paths have been compiled a second time.</summary>
    private static TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    private static readonly string s_verification = JsonSerializer.Serialize(
        new
        {
            caseId = "BENCH-000001",
            purpose = "electricity.new-connection",
            basis = new
            {
                kind = "consent",
                reference = "CONSENT-BENCH",
                grantedAt = "2026-01-05T09:00:00+08:00",
            },
            person = new { name = "张三", idNumber = "421022197001010112" },
            enterprise = new
            {
                name = "公安县示例商贸有限公司",
                uscc = "91421022MA49T0000B",
                legalRepresentative = "张三",
            },
            property = new { certificateNumber = "鄂（2017）公安县不动产权第0001001号", holderName = "张三" },
            checks = new[] { "identity", "businessLicence", "propertyTitle" },
        }
    );

    public static async Task<int> RunAsync(string[] options)
    {
        var seconds = Option(options, "--seconds", 15);
        var soak = Option(options, "--soak", 0);
        s_warmUp = TimeSpan.FromSeconds(Option(options, "--warm-up", 10));
        var gateway = Text(options, "--gateway") ?? Path.Combine(AppContext.BaseDirectory, "Integration.Gateway.dll");
        Console.WriteLine("| measure | what | value |");
        Console.WriteLine("|---|---|---|");
        await LatencyAsync(TimeSpan.FromSeconds(seconds), gateway);
        await SaturationAsync(TimeSpan.FromSeconds(seconds / 3.0), soak, gateway);
        return 0;
    }

    private static async Task LatencyAsync(TimeSpan duration, string gateway)
    {
        await using var stage = await Stage.SetAsync(TimeSpan.FromMilliseconds(20), gateway);
        Row("start", "gateway ready after, s", stage.GatewayProcess.ReadyAfter.TotalSeconds);
        var direct = Library(stage, stage.Sandbox);
        var bare = Library(stage, stage.BareYarp);
        var ours = Verifications(await stage.HallAsync());
        foreach (var generator in (LoadGenerator[])[direct, bare, ours])
        {
            await generator.AtRateAsync(PerSecond, s_warmUp);
        }

        var directly = await direct.AtRateAsync(PerSecond, duration);
        var barely = await bare.AtRateAsync(PerSecond, duration);
        var verified = await ours.AtRateAsync(PerSecond, duration);
        Latencies("direct to agency", directly);
        Latencies("bare YARP", barely);
        Latencies("three-check verification", verified);
        Row("own share at 100/s", "p50, ms (aim <= 3)", verified.P50 - directly.P50);
        Row("own share at 100/s", "p99, ms (aim <= 20)", verified.P99 - directly.P50);
        Row("memory at 100/s", "resident, MB (aim <= 250)", stage.GatewayProcess.ResidentMegabytes);
    }

    private static async Task SaturationAsync(TimeSpan round, int soak, string gateway)
    {
        await using var stage = await Stage.SetAsync(TimeSpan.Zero, gateway);
        var bare = Library(stage, stage.BareYarp);
        var ours = Verifications(await stage.HallAsync());
        await bare.SaturateAsync(Connections, s_warmUp);
        await ours.SaturateAsync(Connections, s_warmUp * 2);

        var (bareRates, ourRates) = (new List<double>(), new List<double>());
        for (var i = 1; i <= Rounds; i++)
        {
            var (barely, verified) = (
                await bare.SaturateAsync(Connections, round),
                await ours.SaturateAsync(Connections, round)
            );
            bareRates.Add(barely.PerSecond);
            ourRates.Add(verified.PerSecond);
            Row($"saturation round {i}", "bare YARP, calls/s", barely.PerSecond);
            Row($"saturation round {i}", "verifications/s", verified.PerSecond);
            Row($"saturation round {i}", "failed, both sides", barely.Failed + verified.Failed);
        }

        Row(
            "saturation, medians",
            "bare calls one verification costs (aim <= 6)",
            Median(bareRates) / Median(ourRates)
        );
        Row("memory after saturation", "resident, MB", stage.GatewayProcess.ResidentMegabytes);
        await SoakAsync(stage, ours, soak);
    }

    private static async Task SoakAsync(Stage stage, LoadGenerator ours, int verifications)
    {
        for (var done = 0; done < verifications; )
        {
            done += (await ours.SaturateAsync(Connections, TimeSpan.FromSeconds(10))).Count;
            Row("soak", $"resident after {done} verifications, MB", stage.GatewayProcess.ResidentMegabytes);
        }
    }

    private static LoadGenerator Verifications(HttpClient hall) =>
        new(hall, _ => Post("v1/verifications", s_verification));

    /// <summary>The licence library signs nothing per call, so that a bare proxy's client can call it too.</summary>
    private static LoadGenerator Library(Stage stage, Uri address)
    {
        var (accessId, accessToken) = stage.LicenceLibrary;
        var body = JsonSerializer.Serialize(
            new
            {
                head = new { accessId, accessToken },
                data = new
                {
                    holderCode = "421022197001010112",
                    holderTypeCode = "111",
                    certTypeCode = "中华人民共和国不动产权证书",
                    useCause = new
                    {
                        certificateSystemName = "bench",
                        certificateCallCategory = "bench",
                        certificateMatterName = "bench",
                        certificateEventCode = "bench",
                        certificateCopyCause = "bench",
                    },
                },
            }
        );
        return new(Stage.NewClient(address), _ => Post("licence-library/sharing/queryCertInfo", body));
    }

    private static HttpRequestMessage Post(string path, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static int Option(string[] options, string name, int otherwise) =>
        Text(options, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;

    private static void Latencies(string what, Latencies latencies)
    {
        Row(what, $"p50 of {latencies.Count}, ms", latencies.P50);
        Row(what, "p99, ms", latencies.P99);
        Row(what, "failed", latencies.Failed);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Row(string measure, string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measure} | {what} | {value:0.##} |"));
}
