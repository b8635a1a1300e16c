using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Notices;

namespace Integration.Testing.Recording;

/// <summary>
/// A subscriber's web-hook on loopback. It checks every delivery with code of its own, refuses what is wrong, and answers what
/// the test wants.
/// </summary>
public sealed class StandInSubscriber : IAsyncDisposable
{
    private const int WindowSeconds = 300;
    private readonly WebApplication _app;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<NoticeEvent> _received = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _underWay;
    private int _mostUnderWay;
    private int _isDown;

    private StandInSubscriber(WebApplication app, byte[] key, TimeProvider time) =>
        (_app, _key, _time, Address) = (app, key, time, new Uri(new Uri(app.Urls.First()), "/hook"));

    /// <summary>Where notices go.</summary>
    public Uri Address { get; }

    /// <summary>The shared secret as it stands in the settings' file.</summary>
    public string Secret => $"whsec_{Convert.ToBase64String(_key)}";

    /// <summary>The certificate under which CMS signatures have to be; null: none is expected.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>What is answered to a notice; default 204.</summary>
    public Func<NoticeEvent, HookAnswer> Answer { get; set; } = _ => HookAnswer.Ok;

    /// <summary>Every delivery whose signature held, in order, taken or not.</summary>
    public IReadOnlyList<NoticeEvent> Received => [.. _received];

    /// <summary>What was wrong with deliveries; none when all is well.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Most deliveries at one time.</summary>
    public int MostUnderWay => Volatile.Read(ref _mostUnderWay);

    public static async Task<StandInSubscriber> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        StandInSubscriber? subscriber = null;
        app.Run(context => subscriber!.ReceiveAsync(context));
        await app.StartAsync();
        return subscriber = new StandInSubscriber(app, RandomNumberGenerator.GetBytes(32), time ?? TimeProvider.System);
    }

    /// <summary>Takes it down; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 1)
        {
            return;
        }

        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var underWay = Interlocked.Increment(ref _underWay);
        _mostUnderWay = Math.Max(_mostUnderWay, underWay);
        try
        {
            using var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
            await TakeAsync(context, copy.ToArray());
        }
        catch (OperationCanceledException)
        {
            // The gateway did not wait any longer.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task TakeAsync(HttpContext context, byte[] body)
    {
        if (FaultOf(context.Request, body) is { } fault)
        {
            _faults.Enqueue(fault);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var notice = JsonSerializer.Deserialize<NoticeEvent>(body, IntegrationJson.Options)!;
        _received.Enqueue(notice);
        var answer = Answer(notice);
        if (answer.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    private string? FaultOf(HttpRequest request, byte[] body)
    {
        var (id, stamp) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
        if (request.Method != "POST" || request.Path != "/hook")
        {
            return $"{request.Method} {request.Path}";
        }

        if (request.ContentType != "application/cloudevents+json")
        {
            return $"content type {request.ContentType}";
        }

        if (
            !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - seconds) > WindowSeconds
        )
        {
            return $"time stamp {stamp}";
        }

        var signed = Encoding.UTF8.GetBytes($"{id}.{stamp}.").Concat(body).ToArray();
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_key, signed))}";
        if (!request.Headers["webhook-signature"].ToString().Split(' ').Contains(expected, StringComparer.Ordinal))
        {
            return "signature";
        }

        return CmsFault(request.Headers["Content-Signature"].ToString(), body) ?? BodyFault(body, id);
    }

    private string? CmsFault(string header, byte[] body)
    {
        if (Certificate is null)
        {
            return header.Length == 0 ? null : "a CMS signature that nobody wants";
        }

        return IsSigned(Convert.FromBase64String(header), body, Certificate) ? null : "CMS signature";
    }

    /// <summary>By openssl, which shares nothing with the gateway.</summary>
    private static bool IsSigned(byte[] cms, byte[] body, X509Certificate2 certificate)
    {
        var folder = Directory.CreateTempSubdirectory("hook-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "cms"), cms);
            File.WriteAllBytes(Path.Combine(folder, "body"), body);
            File.WriteAllText(Path.Combine(folder, "gateway.pem"), certificate.ExportCertificatePem());
            const string Arguments =
                "cms -verify -inform DER -in cms -content body -binary -certfile gateway.pem -CAfile gateway.pem -purpose any -out out";
            using var openssl = Process.Start(
                new ProcessStartInfo("openssl", Arguments)
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardError = true,
                }
            )!;
            openssl.StandardError.ReadToEnd();
            openssl.WaitForExit();
            return openssl.ExitCode == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? BodyFault(byte[] body, string id)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return
            root.GetProperty("specversion").GetString() == "1.0"
            && root.GetProperty("id").GetString() == id
            && root.GetProperty("source").GetString()!.Length > 0
            && root.GetProperty("datacontenttype").GetString() == "application/json"
            ? null
            : "attributes of the CloudEvent";
    }
}

/// <summary>What a stand-in subscriber answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Hangs">Whether it never answers.</param>
public sealed record HookAnswer(int Status, bool Hangs = false)
{
    public static readonly HookAnswer Ok = new(StatusCodes.Status204NoContent);

    public static readonly HookAnswer Never = new(Status: 0, Hangs: true);

    /// <summary>503 with this <c>Retry-After</c>.</summary>
    public static HookAnswer Later(string retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable)
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        };

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
