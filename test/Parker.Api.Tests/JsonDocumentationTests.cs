using Parker.Api.Check;
using Parker.Api.Events;
using Parker.Api.Images;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;

namespace Parker.Api.Tests;

public sealed class JsonDocumentationTests
{
    [Theory]
    [InlineData(typeof(CheckDocument), "parker check")]
    [InlineData(typeof(ImageReportDocument), "parker image")]
    [InlineData(typeof(PlanDocument), "parker plan")]
    [InlineData(typeof(ApplyDocument), "parker apply")]
    [InlineData(typeof(LogDocument), "parker log")]
    [InlineData(typeof(ThreadListDocument), "parker ps")]
    [InlineData(typeof(DumpDocument), "parker dump")]
    [InlineData(typeof(UsageDocument), "parker top")]
    [InlineData(typeof(NmiDocument), "parker nmi")]
    [InlineData(typeof(EventDocument), "parker events")]
    public void Json_fields_are_all_in_the_documentation(Type document, string heading) => DocumentFields.AssertDocumented(DocumentFields.Of(document), heading);
}
