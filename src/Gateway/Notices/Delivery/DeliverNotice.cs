using System.Globalization;
using System.Net.Http.Headers;
using Integration.Contracts.Client;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>Sends one notice to one subscriber, once. The answer's body is never read.</summary>
internal sealed class DeliverNotice(
    IHttpClientFactory clients,
    CmsReceipts receipts,
    IOptions<NoticeOptions> options,
    TimeProvider time
)
{
    public const string ClientName = "notices";
    public const string CmsHeader = "Content-Signature";

    private readonly NoticeOptions _options = options.Value;

    /// <summary>One attempt, within the time-out of the settings.</summary>
    /// <param name="to">The subscriber.</param>
    /// <param name="row">The notice.</param>
    /// <param name="cancellationToken">Ends the attempt; it counts for nothing then.</param>
    public async Task<Attempt> SendAsync(Subscriber to, NoticeRow row, CancellationToken cancellationToken)
    {
        using var request = RequestFor(to, row);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var http = clients.CreateClient(ClientName);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new Attempt(
                (int)answer.StatusCode,
                RetryAfterHeader.Read(answer, time.GetUtcNow(), RetryPlan.LongestRetryAfter)
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(Status: null, Silence: Attempt.Timeout);
        }
        catch (HttpRequestException)
        {
            return new Attempt(Status: null, Silence: Attempt.Connection);
        }
    }

    private HttpRequestMessage RequestFor(Subscriber to, NoticeRow row)
    {
        var body = NoticeBody.From(row, _options.Source);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, to.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(NoticeBody.MediaType);
        request.Headers.Add("webhook-id", row.NoticeId);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature",
            string.Join(' ', to.Secrets.Select(secret => secret.Sign(row.NoticeId, now, body)))
        );
        if (to.Cms)
        {
            request.Headers.Add(CmsHeader, Convert.ToBase64String(receipts.SignDetached(body)));
        }

        return request;
    }
}

/// <summary>A subscriber with its secrets opened.</summary>
internal sealed record Subscriber(string Name, Uri Address, IReadOnlyList<WebhookSecret> Secrets, bool Cms)
{
    /// <summary>Opens the secrets.</summary>
    /// <exception cref="InvalidOperationException">A secret cannot be had; refused at start.</exception>
    public static Subscriber Open(SubscriberOptions options) =>
        new(
            options.Name,
            options.Address!,
            [
                .. options
                    .OlderSecrets.Prepend(options.Secret)
                    .Select(reference =>
                        WebhookSecret.TryResolve(reference, out var secret, out var fault)
                            ? secret
                            : throw new InvalidOperationException($"{NoticeOptions.Section}: {fault}.")
                    ),
            ],
            options.Cms
        );

    public override string ToString() => $"subscriber {Name}";
}
