namespace Mempulse.Net.Mempool;

/// <summary>The forms in which a node returns a transaction.</summary>
internal enum BodyForm
{
    /// <summary>Its bytes: eth_getRawTransactionByHash.</summary>
    Raw,

    /// <summary>A JSON object, which is encoded: eth_getTransactionByHash.</summary>
    Fields,
}
