namespace Integration.Gateway.Platform.Files;

internal static class ReloadingFileServices
{
    /// <summary>Registers a file: its first reading comes before every listener opens, and it is read again while the gateway runs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="open">Null: its constructor takes services only.</param>
    public static void AddReloadingFile<TFile>(
        this IServiceCollection services,
        Func<IServiceProvider, TFile>? open = null
    )
        where TFile : ReloadingFile
    {
        services.AddSingleton(open ?? (provider => ActivatorUtilities.CreateInstance<TFile>(provider)));
        services.AddHostedService(provider => provider.GetRequiredService<TFile>());
    }
}
