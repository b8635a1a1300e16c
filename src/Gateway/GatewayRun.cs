using Integration.Adapters;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Callers.Tokens;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Settings;
using Integration.Gateway.Policy;
using Integration.Gateway.Sharing.Catalogue;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Integration.Gateway;

/// <summary>
/// The process from its arguments to its exit code. All faults of arguments, settings and the files that settings name are told together, a line
/// each on standard error and without a stack, before the database is touched; the process then ends with 78.
/// </summary>
internal static class GatewayRun
{
    /// <summary>EX_CONFIG of sysexits.h: something was found in an unconfigured or misconfigured state.</summary>
    public const int Misconfigured = 78;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var faults = new List<string>(StartArguments.Faults(arguments));
        try
        {
            var builder = Compose(arguments, faults);
            var options = OptionsIn(builder.Services);
            await using var app = builder.Build();
            faults.AddRange(FaultsOfFiles(app.Services, options, faults.Count > 0));
            if (faults.Count > 0)
            {
                return Refuse(faults);
            }

            app.UseGateway();
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException refused)
        {
            return Refuse([.. faults, .. refused.Failures]);
        }
        catch (StartRefusedException refused)
        {
            return Refuse(refused.Faults);
        }
    }

    /// <summary>Faulty keys are told and left out, so that what depends on the others can be looked at as well.</summary>
    private static WebApplicationBuilder Compose(string[] arguments, List<string> faults)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        LeaveOut(builder.Configuration, GatewaySettings.UnknownSections(builder.Configuration), faults);
        LeaveOut(builder.Configuration, GatewaySettings.KeyFaults(builder.Configuration), faults);
        LeaveOut(builder.Configuration, AgencyAdapters.FaultsIn(builder.Configuration), faults);
        builder.AddGateway();
        var sections = builder
            .Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<SettingsSection>()
            .SelectMany(section => SettingsKeys.Faults(builder.Configuration.GetSection(section.Path), section.Options))
            .DistinctBy(fault => fault.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        LeaveOut(builder.Configuration, sections, faults);
        return builder;
    }

    private static void LeaveOut(
        ConfigurationManager configuration,
        IReadOnlyDictionary<string, string> faulty,
        List<string> faults
    )
    {
        if (faulty.Count == 0)
        {
            return;
        }

        faults.AddRange(faulty.Values);
        var rest = configuration
            .AsEnumerable()
            .Where(setting =>
                !faulty.Keys.Any(key =>
                    setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
                    || setting.Key.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)
                )
            )
            .ToList();
        configuration.Sources.Clear();
        configuration.AddInMemoryCollection(rest);
    }

    /// <summary>The host's own check at start cannot be used: it ends when the validator of one section needs a file that another one names.</summary>
    private static List<Type> OptionsIn(IServiceCollection services) =>
        [
            .. services
                .Select(service => service.ServiceType)
                .Where(type =>
                    type.IsGenericType
                    && type.GetGenericTypeDefinition() is var kind
                    && (kind == typeof(IValidateOptions<>) || kind == typeof(IConfigureOptions<>))
                )
                .Select(type => type.GetGenericArguments()[0])
                .Where(type => type.Assembly.FullName!.StartsWith("Integration.", StringComparison.Ordinal))
                .Distinct(),
        ];

    /// <summary>Options first, then each file that they name; what reads the agencies' settings is left out while keys are faulty.</summary>
    private static IEnumerable<string> FaultsOfFiles(
        IServiceProvider services,
        IEnumerable<Type> options,
        bool hasFaultyKeys
    )
    {
        Action[] always =
        [
            () => _ = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value,
            () => services.GetRequiredService<CallerDirectory>(),
            () => services.GetRequiredService<TokenSigningKey>(),
            () => services.GetRequiredService<ReceiptSigner>(),
        ];
        Action[] afterwards =
        [
            () => services.GetRequiredService<CatalogueDirectory>(),
            () => services.GetRequiredService<PolicyBook>(),
        ];
        return options
            .Select(type => typeof(IOptions<>).MakeGenericType(type))
            .Select(type => (Action)(() => _ = ((IOptions<object>)services.GetRequiredService(type)).Value))
            .Concat(always)
            .Concat(hasFaultyKeys ? [] : afterwards)
            .SelectMany(FaultsOf)
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> FaultsOf(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (AggregateException several)
        {
            return several.InnerExceptions.SelectMany(FaultsOf);
        }
        catch (Exception reason) when (IsOfSettings(reason))
        {
            return FaultsOf(reason);
        }
    }

    private static bool IsOfSettings(Exception reason) =>
        reason is OptionsValidationException or PolicyInvalidException or StartRefusedException;

    private static IEnumerable<string> FaultsOf(Exception reason) =>
        reason switch
        {
            OptionsValidationException options => options.Failures.Select(fault =>
                BySetting(fault, options.OptionsType)
            ),
            StartRefusedException refused => refused.Faults,
            PolicyInvalidException policy => policy.Faults.Select(fault => $"{PolicyOptions.Section}: {fault}"),
            _ => [reason.Message],
        };

    /// <summary>Annotations are told by the framework with the name of the class: operators know the section.</summary>
    private static string BySetting(string fault, Type options)
    {
        var parts = fault.Split('\'', 7);
        return fault.StartsWith("DataAnnotation validation failed", StringComparison.Ordinal) && parts.Length == 7
            ? $"{options.GetField("Section")?.GetRawConstantValue()}:{parts[3]}: {parts[5]}"
            : fault;
    }

    private static int Refuse(IEnumerable<string> faults)
    {
        var all = faults.Distinct(StringComparer.Ordinal).ToList();
        Console.Error.WriteLine(
            $"The gateway does not start: {all.Count} fault(s) of its settings. Mend every one (docs/runbooks/start-refused.md):"
        );
        foreach (var fault in all)
        {
            Console.Error.WriteLine($"- {fault}");
        }

        return Misconfigured;
    }
}
