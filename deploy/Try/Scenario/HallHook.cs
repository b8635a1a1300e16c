using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Integration.Contracts;
using Integration.Contracts.V1.Notices;

namespace Integration.Try.Scenario;

/// <summary>
/// The hall's web-hook as its developers would write it: check the signature over the raw bytes, then read, answer at once, work
/// later.
/// </summary>
internal sealed class HallHook : IAsyncDisposable
{
    public const string SecretPrefix = "whsec_";
    private const int WindowSeconds = 300;
    private readonly WebApplication _app;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly Channel<VerifiedNotice> _verified = Channel.CreateUnbounded<VerifiedNotice>();

    private HallHook(WebApplication app, string secret, TimeProvider time)
    {
        (_app, _time) = (app, time);
        _key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
    }

    /// <summary>Where notices go.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/notices");

    /// <summary>Listens on a free port of loopback.</summary>
    public static async Task<HallHook> StartAsync(string secret, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var hook = new HallHook(app, secret, time);
        app.Run(hook.ReceiveAsync);
        await app.StartAsync();
        return hook;
    }

    /// <summary>The next notice of a case whose signature holds; null when none comes in time.</summary>
    public async Task<VerifiedNotice?> NextOfAsync(string caseId, DateTimeOffset notBefore, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, _time);
        try
        {
            await foreach (var verified in _verified.Reader.ReadAllAsync(deadline.Token))
            {
                if (verified.Notice.Subject == caseId && verified.Notice.Time >= notBefore)
                {
                    return verified;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // None came in time.
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        if (Verify(context.Request.Headers, copy.ToArray()) is not { } verified)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        _verified.Writer.TryWrite(verified);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private VerifiedNotice? Verify(IHeaderDictionary headers, byte[] body)
    {
        var (id, stamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (
            !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - seconds) > WindowSeconds
        )
        {
            return null;
        }

        var signed = Encoding.UTF8.GetBytes($"{id}.{stamp}.").Concat(body).ToArray();
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_key, signed))}";
        var notice = headers["webhook-signature"].ToString().Split(' ').Any(given => IsSame(given, expected))
            ? JsonSerializer.Deserialize<NoticeEvent>(body, IntegrationJson.AnswerOptions)
            : null;
        return notice?.Id == id ? new VerifiedNotice(notice, expected) : null;
    }

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}

/// <summary>A notice and the signature under which it came.</summary>
internal sealed record VerifiedNotice(NoticeEvent Notice, string Signature);
