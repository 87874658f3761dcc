namespace Mempulse.Builder.Dialects;

/// <summary>Whether bundles go to a builder unless the configuration says otherwise.</summary>
public enum DialectUse
{
    /// <summary>Used if no relay is named.</summary>
    Default = 0,

    /// <summary>Used only if it is named.</summary>
    Optional = 1,
}
