namespace Mempulse.Cli.Terminals;

/// <summary>What a writer writes to.</summary>
internal enum WriterKind
{
    /// <summary>A file or a pipe.</summary>
    File,

    /// <summary>A screen, where a line can be redrawn.</summary>
    Screen,
}
