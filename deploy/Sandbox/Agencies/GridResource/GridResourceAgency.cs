using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.GridResource;

/// <summary>The grid-resource platform: distance and spare capacity by unit number, signed with <c>x-tif-*</c>.</summary>
internal sealed class GridResourceAgency(SandboxSettings settings, Registers registers) : Agency("grid-resource")
{
    private readonly TifCheck _signature = new(
        settings.Credentials.GridPaasId,
        settings.Credentials.GridToken,
        settings.Time
    );

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door) =>
        routes.MapPost("/grid-resource/api/resource/query", door.Open(this, new Operation("query"), Query));

    public override Answer NotAuthorised(AgencyCall call) => Refused(StatusCodes.Status403Forbidden, "无权访问该服务");

    public override Answer SignatureRefused(AgencyCall call) =>
        Refused(StatusCodes.Status401Unauthorized, "签名验证失败");

    public override void Reset() => _signature.Forget();

    private Answer Query(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        if (!_signature.IsSigned(call))
        {
            return SignatureRefused(call);
        }

        using var document = call.Json();
        return document?.RootElement.Text("unitNumber") is { } unit
            ? Found(registers.GridResources.GetValueOrDefault(unit))
            : Refused(StatusCodes.Status400BadRequest, "参数缺失");
    }

    private static Answer Found(GridCapacity? grid) =>
        Answer.Json(
            grid is null ? "unknown" : "answered",
            json =>
            {
                json.WriteNumber("code", 0);
                json.WriteString("message", string.Empty);
                if (grid is null)
                {
                    json.WriteNull("data");
                    return;
                }

                json.WriteStartObject("data");
                json.WriteString("unitNumber", grid.UnitNumber);
                json.WriteNumber("nearestLowVoltageMetres", grid.NearestLowVoltageMetres);
                json.WriteNumber("spareCapacityKw", grid.SpareCapacityKw);
                json.WriteEndObject();
            }
        );

    private static Answer Refused(int status, string message) =>
        Answer.Json(
            $"refused:{status}",
            json =>
            {
                json.WriteNumber("code", status);
                json.WriteString("message", message);
                json.WriteNull("data");
            },
            status
        );
}
