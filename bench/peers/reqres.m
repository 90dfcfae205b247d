-- N hosts in a ring. Each asks the next K times without waiting, is answered, and takes the answer. For each host: requests not yet
-- sent, requests under way, answers under way. C(K+3,3)^N states; 4^N for K = 1, as bench/gen ring N has them.
const N: 6; K: 1;
type host: 0..N-1; count: 0..K;
var left: array [host] of count; asked: array [host] of count; answered: array [host] of count;
startstate begin for i: host do left[i] := K; asked[i] := 0; answered[i] := 0; end; end;
ruleset i: host do
  rule "send"  left[i] > 0     ==> begin left[i] := left[i] - 1; asked[i] := asked[i] + 1; end;
  rule "serve" asked[i] > 0    ==> begin asked[i] := asked[i] - 1; answered[i] := answered[i] + 1; end;
  rule "take"  answered[i] > 0 ==> begin answered[i] := answered[i] - 1; end;
end;
