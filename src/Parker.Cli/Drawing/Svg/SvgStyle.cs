using Parker.Api.Topology;
using Parker.Cli.Topologies;

namespace Parker.Cli.Drawing.Svg;

/// <summary>The look of the picture: classes, colours, sizes of letters.</summary>
internal static class SvgStyle
{
    public const string Page = "page";
    public const string Panel = "panel";
    public const string Core = "core";
    public const string PageTitle = "h1";
    public const string PanelTitle = "h2";
    public const string Detail = "detail";
    public const string Label = "label";
    public const string Small = "small";
    public const string Number = "num";
    public const string NumberOnDark = "num dark";

    /// <summary>The width of a letter of <see cref="Number"/>, <see cref="Small"/> and <see cref="Label"/>: 11 px letters of a fixed width are 0.602 of that wide; rounded up.</summary>
    public const int LetterWidth = 7;

    /// <summary>The width of a letter of <see cref="Detail"/>.</summary>
    public const int DetailLetterWidth = 8;

    /// <summary>The widest a letter of <see cref="PanelTitle"/> is on average.</summary>
    public const int TitleLetterWidth = 11;

    /// <summary>The widest a letter of <see cref="PageTitle"/> is on average.</summary>
    public const int PageTitleLetterWidth = 14;

    public const string Css = """
        text{font-family:'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace;font-size:11px;fill:#1f2933}
        .h1{font-family:'DejaVu Sans','Helvetica Neue',Arial,sans-serif;font-size:20px;font-weight:bold}
        .h2{font-family:'DejaVu Sans','Helvetica Neue',Arial,sans-serif;font-size:15px;font-weight:bold}
        .detail{font-size:12px;fill:#52606d}
        .label{fill:#52606d}
        .num{text-anchor:middle}
        .dark{fill:#ffffff}
        .page{fill:#ffffff}
        .panel{fill:#f6f8fa;stroke:#cbd2d9}
        .core{fill:#ffffff;stroke:#b8c2cc}
        .online{fill:#d6e6fb}
        .stays{fill:#2457a6}
        .offline{fill:#e1e5ea}
        .bootkernel{fill:#8fb3e6}
        .pool{fill:#3c9d66}
        .lowslots{fill:#8acfa6}
        .nobody{fill:#d3d9df}
        .unknown{fill:#b8c2cc}
        .yes{fill:#dcf3e6;stroke:#3c9d66}
        .withunit{fill:#fff2cf;stroke:#cf9500}
        .no{fill:#eef0f3;stroke:#b8c2cc}
        """;

    public static string Of(CpuState state) => state switch
    {
        CpuState.Stays => "stays",
        CpuState.Offline => "offline",
        _ => "online",
    };

    public static string Of(MemoryUser user) => user switch
    {
        MemoryUser.BootKernel => "bootkernel",
        MemoryUser.Pool => "pool",
        MemoryUser.LowSlots => "lowslots",
        MemoryUser.Nobody => "nobody",
        _ => "unknown",
    };

    public static string Of(GrantVerdict verdict) => verdict switch
    {
        GrantVerdict.Yes => "yes",
        GrantVerdict.WithIommuUnit => "withunit",
        _ => "no",
    };
}
