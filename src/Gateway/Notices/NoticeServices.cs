using System.Net;
using Integration.Gateway.Cases;
using Integration.Gateway.Notices.Delivery;
using Integration.Gateway.Notices.Operations;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices;

internal static class NoticeServices
{
    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);

    /// <summary><see cref="NoticeOutbox"/> and the delivery of what it holds.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<NoticeOptions>, NoticeOptionsValidator>();
        services
            .AddOptions<NoticeOptions>()
            .BindConfiguration(NoticeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<NoticeOutbox>();
        services.AddSingleton<ICaseHistory, NoticeHistory>();
        services.AddSingleton<NoticeQueue>();
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
    private static SocketsHttpHandler Transport() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = s_connectTime,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            PooledConnectionLifetime = s_connectionLife,
            // Subscribers learn nothing of our traces.
            ActivityHeadersPropagator = null,
        };
}
