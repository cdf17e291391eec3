namespace Parker.Cli.Drawing;

/// <summary>A logical CPU.</summary>
/// <param name="Cpu">Its number.</param>
/// <param name="State">How it is drawn.</param>
/// <param name="Detail">What a pointer over it tells.</param>
internal sealed record PictureThread(int Cpu, CpuState State, string Detail);
