namespace WhiteMagic.Memory;

/// <summary>The codes of a failed call, as the contract names them.</summary>
public static class ErrorCode
{
    public const string InvalidParams = "invalid_params";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string PermissionDenied = "permission_denied";
    public const string StorageFull = "storage_full";
    public const string StorageReadonly = "storage_readonly";
    public const string StorageBusy = "storage_busy";
    public const string StorageCorrupt = "storage_corrupt";
    public const string StorageForeign = "storage_foreign";
    public const string StorageNewer = "storage_newer";
    public const string StorageMissing = "storage_missing";
    public const string Timeout = "timeout";
    public const string TooLarge = "too_large";
    public const string InternalError = "internal_error";
}
