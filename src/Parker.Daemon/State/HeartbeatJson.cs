using System.Text.Json.Serialization;
using Parker.Runtime.Watching;

namespace Parker.Daemon.State;

[JsonSerializable(typeof(Dictionary<string, HeartbeatSighting>))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
