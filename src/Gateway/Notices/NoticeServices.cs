namespace Integration.Gateway.Notices;

internal static class NoticeServices
{
    /// <summary><see cref="NoticeOutbox"/> and the delivery of what it holds.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services
            .AddOptions<NoticeOptions>()
            .BindConfiguration(NoticeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<NoticeOutbox>();
    }
}
