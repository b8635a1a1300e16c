using System.Globalization;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.ProjectApproval;

/// <summary>The investment-project platform: projects by credit code, signed with <c>X-Client-Id</c>.</summary>
internal sealed class ProjectApprovalAgency(SandboxSettings settings, Registers registers) : Agency("project-approval")
{
    private readonly ClientIdCheck _signature = new(
        settings.Credentials.ProjectClientId,
        settings.Credentials.ProjectClientSecret,
        settings.Time
    );

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door) =>
        routes.MapPost("/project-approval/api/projects/query", door.Open(this, new Operation("query"), Query));

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
        return document?.RootElement.Text("uscc") is { } code
            ? Found(code, registers.Company(code) is { } company ? SyntheticProjects.For(company) : [])
            : Refused(StatusCodes.Status400BadRequest, "参数缺失");
    }

    private static Answer Found(string code, IReadOnlyList<Project> projects) =>
        Answer.Json(
            projects.Count == 0 ? "unknown" : "answered",
            json =>
            {
                json.WriteString("code", "200");
                json.WriteString("message", string.Empty);
                json.WriteStartArray("data");
                foreach (var project in projects)
                {
                    json.WriteStartObject();
                    json.WriteString("projectCode", project.Code);
                    json.WriteString("uscc", code);
                    json.WriteString("projectName", project.Name);
                    json.WriteString("status", project.Status);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        );

    private static Answer Refused(int status, string message) =>
        Answer.Json(
            $"refused:{status}",
            json =>
            {
                json.WriteString("code", status.ToString(CultureInfo.InvariantCulture));
                json.WriteString("message", message);
                json.WriteNull("data");
            },
            status
        );
}
