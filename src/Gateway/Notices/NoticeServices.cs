using Integration.Adapters.Ports;
using Integration.Gateway.Notices.Delivery;
using Integration.Gateway.Notices.Operations;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Retention;
using Integration.Gateway.Platform.Settings;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices;

internal static class NoticeServices
{
    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(3);

    /// <summary><see cref="NoticeOutbox"/> and the delivery of what it holds.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<NoticeOptions>, NoticeOptionsValidator>();
        services.AddStrictOptions<NoticeOptions>(NoticeOptions.Section);
        services.AddSingleton<NoticeOutbox>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<NoticeFolding>();
        services.AddSingleton<IExpiringRows, ExpiredNotices>();
        services.AddSingleton<DeliverNotice>();
        services.AddHostedService<NoticeSender>();
        services.AddSingleton<NoticeReadModel>();
        services.AddSingleton<ReplayNotices>();
        services
            .AddHttpClient(DeliverNotice.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Transport)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    /// <summary>Straight to the configured address: no redirect, no proxy, no cookie; the answer's body is thrown away.</summary>
    private static SocketsHttpHandler Transport()
    {
        var handler = OutgoingConnections.Create(s_connectTime);
        handler.MaxResponseHeadersLength = 16;
        handler.MaxResponseDrainSize = 16 * 1024;
        return handler;
    }
}
