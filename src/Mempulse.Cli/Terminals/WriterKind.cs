namespace Mempulse.Cli.Terminals;

/// <summary>What a writer leads to.</summary>
internal enum WriterKind
{
    /// <summary>A file or a pipe: nobody watches it change.</summary>
    File,

    /// <summary>A screen, where a line can be drawn over.</summary>
    Screen,
}
