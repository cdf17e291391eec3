using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Parker.Cli.Drawing;
using Parker.Cli.Drawing.Svg;

namespace Parker.Cli.Tests.Drawing;

public sealed class SvgDrawingTests
{
    [Fact]
    public void Picture_of_any_machine_has_everything_within_the_page_and_no_box_over_another() => Pictures.Any.Sample(picture =>
    {
        XElement svg = Draw(picture);
        int width = Number(svg, "width");
        int height = Number(svg, "height");
        XElement[] boxes = [.. Elements(svg, "rect")];
        Assert.DoesNotContain(boxes, box => Number(box, "x") < 0 || Right(box) > width || Number(box, "y") < 0 || Bottom(box) > height);
        Assert.DoesNotContain(Elements(svg, "text"), text => Number(text, "y") < 0 || Number(text, "y") > height);
        foreach (string kind in (string[])[SvgStyle.Panel, SvgStyle.Core])
        {
            AssertApart([.. boxes.Where(box => (string?)box.Attribute("class") == kind)]);
        }
    }, iter: 60);

    [Fact]
    public void Picture_names_stand_as_they_are()
    {
        XElement svg = Draw(MapDrawingTests.Small);
        Assert.Contains(Elements(svg, "text"), text => text.Value == "Small <machine> & \"co\"");
        Assert.Equal(["0", "2", "1", "3"], Elements(svg, "text").Where(text => ((string?)text.Attribute("class"))!.StartsWith("num", StringComparison.Ordinal)).Select(text => text.Value));
        Assert.Contains(Elements(svg, "text"), text => text.Value == "no: BUS003");
    }

    [Fact]
    public void Picture_of_control_characters_is_still_xml() =>
        Assert.Contains(Elements(Draw(new MachinePicture("a\u0001b\u001b", "", [])), "text"), text => text.Value == "a?b?");

    private static XElement Draw(MachinePicture picture)
    {
        using StringWriter output = new();
        SvgDrawing.Write(picture, output);
        return XElement.Parse(output.ToString());
    }

    private static void AssertApart(XElement[] boxes)
    {
        (int Left, int Top, int Right, int Bottom)[] places = [.. boxes.Select(box => (Number(box, "x"), Number(box, "y"), Right(box), Bottom(box)))];
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = i + 1; j < places.Length; j++)
            {
                bool apart = places[i].Right <= places[j].Left || places[j].Right <= places[i].Left || places[i].Bottom <= places[j].Top || places[j].Bottom <= places[i].Top;
                if (!apart)
                {
                    Assert.Fail($"{boxes[i]} lies over {boxes[j]}");
                }
            }
        }
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Elements().Where(element => element.Name.LocalName == name);

    private static int Right(XElement box) => Number(box, "x") + Number(box, "width");

    private static int Bottom(XElement box) => Number(box, "y") + Number(box, "height");

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
