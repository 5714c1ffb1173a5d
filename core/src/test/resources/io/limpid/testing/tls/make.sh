#!/bin/sh
# Made the certificates beside it, once, with the keytool of a JDK 25. They and their keys are for tests only, and valid for a century.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pass='-storetype PKCS12 -storepass limpid'
ec='-keyalg EC -groupname secp256r1'

authority() { # name, words
    keytool -genkeypair -alias ca $ec -dname "CN=$2" -ext bc:c -ext ku:c=keyCertSign -startdate 2020/01/01 -validity 40000 -keystore "$work/$1.p12" $pass
    keytool -exportcert -rfc -alias ca -keystore "$work/$1.p12" $pass >"$1.pem"
}

server() { # file, authority, subject alternative names, further words for the signature
    keytool -genkeypair -alias server $ec -dname 'CN=Limpid test server' -keystore "$1.p12" $pass
    keytool -certreq -alias server -keystore "$1.p12" $pass |
        keytool -gencert -rfc -alias ca -keystore "$work/$2.p12" $pass -ext "san=$3" ${4:--startdate 2020/01/01 -validity 40000} >"$work/$1.pem"
    cat "$2.pem" "$work/$1.pem" | keytool -importcert -noprompt -alias server -keystore "$1.p12" $pass
}

rm -f ./*.p12 ./*.pem
authority ca 'Limpid test authority'
authority stranger 'Limpid test stranger'
server server ca dns:localhost,dns:registry.example,ip:127.0.0.1
server other-name ca dns:other.example
server expired ca dns:localhost,ip:127.0.0.1 '-startdate 2020/01/01 -validity 30'
server stranger stranger dns:localhost,ip:127.0.0.1
rm stranger.pem
