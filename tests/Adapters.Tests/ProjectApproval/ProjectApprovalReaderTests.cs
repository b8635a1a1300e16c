using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.ProjectApproval;

namespace Integration.Adapters.Tests.ProjectApproval;

public class ProjectApprovalReaderTests
{
    private const string Approved =
        """{"projectCode":"2402-1","uscc":"91421022MA49T0000B","projectName":"x","status":"已批复"}""";
    private const string Later =
        """{"projectCode":"2501-1","uscc":"91421022MA49T0000B","projectName":"x","status":"已批复"}""";
    private const string Lapsed =
        """{"projectCode":"2601-1","uscc":"91421022MA49T0000B","projectName":"x","status":"已失效"}""";

    [Fact]
    public void The_latest_project_in_force_counts() =>
        Assert.Equal(new ProjectApprovalFacts("2501-1", IsApproved: true), Found(Approved, Lapsed, Later));

    [Fact]
    public void Where_all_have_lapsed_the_latest_of_them_counts() =>
        Assert.Equal(new ProjectApprovalFacts("2601-1", IsApproved: false), Found(Lapsed));

    [Fact]
    public void No_project_is_unknown() => Assert.IsType<Reading<ProjectApprovalFacts>.Unknown>(Read(Answer()));

    [Theory]
    [InlineData("""{"code":"200"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"200","data":null}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"200","data":"null"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"200","data":{}}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"200","data":[null]}""", FailureStage.Parse, "field-record")]
    [InlineData("""{"code":"200","data":[{}]}""", FailureStage.Parse, "field-uscc")]
    [InlineData("""{"data":[]}""", FailureStage.Parse, "field-code")]
    [InlineData("""{"code":300,"data":[]}""", FailureStage.Envelope, "code-300")]
    public void An_answer_that_is_not_as_agreed_is_never_unknown(string json, FailureStage stage, string code) =>
        Assert.Equal((stage, FailureSide.Agency, code), Failed(json));

    [Theory]
    [InlineData("已批复", "审批中", FailureStage.Parse, "field-status")]
    [InlineData("2402-1", "null", FailureStage.Parse, "field-projectCode")]
    [InlineData("91421022MA49T0000B", "91421022MA49T00198", FailureStage.Binding, "uscc")]
    [InlineData("91421022MA49T0000B", "91421022MA49T0000X", FailureStage.Parse, "field-uscc")]
    public void One_project_that_is_not_as_agreed_fails_the_answer(
        string sent,
        string instead,
        FailureStage stage,
        string code
    ) =>
        Assert.Equal(
            (stage, FailureSide.Agency, code),
            Failed(Answer(Later, Approved.Replace(sent, instead, StringComparison.Ordinal)))
        );

    private static string Answer(params string[] rows) =>
        $$"""{"code":"200","message":"","data":[{{string.Join(',', rows)}}]}""";

    private static Reading<ProjectApprovalFacts> Read(string json) =>
        ProjectApprovalReader.Read(Known.Wire(json, ProjectApprovalJson.Default.ProjectAnswer), Known.Company);

    private static ProjectApprovalFacts Found(params string[] rows) =>
        Assert.IsType<Reading<ProjectApprovalFacts>.Found>(Read(Answer(rows))).Facts;

    private static (FailureStage Stage, FailureSide Side, string Code) Failed(string json) =>
        Known.Of(Assert.IsType<Reading<ProjectApprovalFacts>.Failed>(Read(json)).Failure);
}
