using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>The calendars in force, and loading a new year's notice. Only clients of the kind ops.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder endpoints)
    {
        var calendars = endpoints.MapGroup("/v1/ops/calendars").WithTags("Operations").RequireCaller(CallerKind.Ops);
        calendars.MapGet("", Show).WithSummary("The years that can be counted in").Produces<CalendarsResponse>();
        calendars
            .MapPut("/{year}", LoadAsync)
            .WithSummary(
                "Loads the State Council's notice of a year; 409 when the year is in force and it does not say that it replaces it"
            )
            .Accepts<CalendarRequest>("application/json")
            .Produces<CalendarResponse>();
    }

    private static IResult Show(CalendarCache calendars, IOptions<TelemetryOptions> telemetry) =>
        Results.Json(
            CalendarAnswers.From(calendars.Edition, telemetry.Value.Node ?? Environment.MachineName),
            IntegrationJson.Options
        );

    private static async Task<IResult> LoadAsync(
        string year,
        HttpContext http,
        CallerContext caller,
        LoadCalendar load,
        TimeProvider time
    )
    {
        var read = await StrictJson.ReadAsync(
            http.Request,
            ApiJson.For<CalendarRequest>(),
            (body, faults) => CalendarOrder.Read(year, body, ChinaTime.Day(time.GetUtcNow()), faults)
        );
        if (!read.Succeeded(out var order, out var notValid))
        {
            return notValid.ToProblem();
        }

        var loaded = await load.LoadAsync(caller.Caller, order.Value, http.RequestAborted);
        return loaded.Match(answer => Results.Json(answer, IntegrationJson.Options));
    }
}
