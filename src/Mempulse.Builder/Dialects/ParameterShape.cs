namespace Mempulse.Builder.Dialects;

/// <summary>How the fields of a request stand in <c>params</c>.</summary>
public enum ParameterShape
{
    /// <summary>One object in a list.</summary>
    List = 0,

    /// <summary>The object itself.</summary>
    Bare = 1,

    /// <summary>The nested object of MEV-Share, version v0.1, in a list.</summary>
    MevBundle = 2,
}
