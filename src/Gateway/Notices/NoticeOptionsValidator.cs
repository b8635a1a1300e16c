using System.Text.RegularExpressions;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Delivery;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices;

/// <summary>
/// Lists every fault of the section. Whether a subscriber's client exists is not asked here: the callers file changes while the
/// gateway runs; the check <c>notices</c> shows it.
/// </summary>
internal sealed partial class NoticeOptionsValidator(IOptions<ReceiptOptions> receipts)
    : IValidateOptions<NoticeOptions>
{
    private const int MostOlderSecrets = 3;

    public ValidateOptionsResult Validate(string? name, NoticeOptions options)
    {
        var faults = General(options).Concat(options.Subscribers.SelectMany(Faults)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> General(NoticeOptions options)
    {
        if (options.Source.Length is 0 or > 128 || !Uri.TryCreate(options.Source, UriKind.RelativeOrAbsolute, out _))
        {
            yield return $"{NoticeOptions.Section}:Source: a URI reference of 1 to 128 characters is needed.";
        }

        if (options.TimeoutSeconds is < 1 or > 5)
        {
            yield return $"{NoticeOptions.Section}:TimeoutSeconds: 1 to 5.";
        }

        if (options.GiveUpAfterHours is < 1 or > 720)
        {
            yield return $"{NoticeOptions.Section}:GiveUpAfterHours: 1 to 720.";
        }

        if (options.KeepDays is < 7 or > 3660)
        {
            yield return $"{NoticeOptions.Section}:KeepDays: 7 to 3660.";
        }

        if (options.MostWaiting is < 1000 or > 1_000_000)
        {
            yield return $"{NoticeOptions.Section}:MostWaiting: 1000 to 1000000.";
        }

        foreach (
            var twice in options
                .Subscribers.GroupBy(subscriber => subscriber.Name, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
        )
        {
            yield return $"{NoticeOptions.Section}:Subscribers: the name {twice.Key} is given twice.";
        }
    }

    private IEnumerable<string> Faults(SubscriberOptions subscriber, int index)
    {
        var place = $"{NoticeOptions.Section}:Subscribers:{index}";
        if (!NameForm().IsMatch(subscriber.Name))
        {
            yield return $"{place}:Name: 1 to 32 of a-z, 0-9 and - are needed.";
        }

        if (subscriber.Client.Length is 0 or > 128)
        {
            yield return $"{place}:Client: the id of a client is needed.";
        }

        if (!IsAllowed(subscriber.Address))
        {
            yield return $"{place}:Address: https, or http on loopback, without user name and fragment.";
        }

        if (subscriber.OlderSecrets.Count > MostOlderSecrets)
        {
            yield return $"{place}:OlderSecrets: at most {MostOlderSecrets}.";
        }

        foreach (var reference in subscriber.OlderSecrets.Prepend(subscriber.Secret))
        {
            if (!WebhookSecret.TryResolve(reference, out _, out var fault))
            {
                yield return $"{place}:Secret: {fault}.";
            }
        }

        if (subscriber.Cms && receipts.Value.Certificate is null)
        {
            yield return $"{place}:Cms: needs {ReceiptOptions.Section}:{nameof(ReceiptOptions.Certificate)}.";
        }
    }

    private static bool IsAllowed(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0, Fragment.Length: 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();
}
