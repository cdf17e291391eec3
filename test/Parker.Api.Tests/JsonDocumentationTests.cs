using Parker.Api.Check;
using Parker.Api.Images;
using Parker.Api.Plans;

namespace Parker.Api.Tests;

public sealed class JsonDocumentationTests
{
    [Theory]
    [InlineData(typeof(CheckDocument), "parker check")]
    [InlineData(typeof(ImageReportDocument), "parker image")]
    [InlineData(typeof(PlanDocument), "parker plan")]
    public void Json_fields_are_all_in_the_documentation(Type document, string heading) => DocumentFields.AssertDocumented(DocumentFields.Of(document), heading);
}
