using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class FieldTreeTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("data/entname")]
    [InlineData("数据/姓名")]
    [InlineData("PACKAGE/DATA/RECORD/@no")]
    [InlineData("$x/a-b/c.d/e_f/g:h/0")]
    public void A_path_is_names_between_slashes(string path)
    {
        Assert.Null(FieldTree.FaultIn(path));
        Assert.True(FieldTree.Parse([path], ignoreCase: false).Root.IsPrefix);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/@no/b")]
    [InlineData("a/@")]
    [InlineData("a/@@b")]
    [InlineData("a b")]
    [InlineData("a/*")]
    [InlineData("a\\b")]
    [InlineData("a~b")]
    [InlineData("a\u0000")]
    [InlineData("\ud83d")]
    public void Anything_else_is_no_path(string path)
    {
        Assert.NotNull(FieldTree.FaultIn(path));
        Assert.Throws<ArgumentException>(() => FieldTree.Parse(["a", path], ignoreCase: false));
    }

    [Theory]
    [InlineData(1, 128, true)]
    [InlineData(1, 129, false)]
    [InlineData(32, 1, true)]
    [InlineData(33, 1, false)]
    [InlineData(8, 63, true)]
    [InlineData(8, 64, false)]
    public void Paths_are_bounded(int names, int length, bool isPath) =>
        Assert.Equal(
            isPath,
            FieldTree.FaultIn(string.Join('/', Enumerable.Repeat(new string('a', length), names))) is null
        );

    [Fact]
    public void No_path_at_all_grants_nothing()
    {
        Assert.Equal("{}", Filtered.Json("""{"a":1,"b":{"c":2}}""").Body());
        Assert.Equal(FilterFault.Root, Filtered.Xml("<P/>").Fault);
    }
}
